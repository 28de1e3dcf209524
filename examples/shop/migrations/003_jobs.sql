-- What the worker has still to do. A row is taken with SKIP LOCKED, so that several workers never do one twice.
CREATE TABLE jobs (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('order-placed', 'order-shipped')),
  order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
  attempts integer NOT NULL DEFAULT 0,
  run_at timestamptz NOT NULL DEFAULT now(),
  done_at timestamptz
);

CREATE INDEX jobs_open ON jobs (run_at) WHERE done_at IS NULL;

CREATE TABLE mails (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  job_id bigint NOT NULL UNIQUE REFERENCES jobs ON DELETE CASCADE,
  recipient text NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  sent_at timestamptz NOT NULL DEFAULT now()
);
