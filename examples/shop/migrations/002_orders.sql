CREATE TABLE orders (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  user_id bigint NOT NULL REFERENCES users,
  state text NOT NULL CHECK (state IN ('placed', 'shipped')),
  cents integer NOT NULL CHECK (cents > 0),
  -- What the browser sent with the form: the same form sent twice is one order.
  form_id uuid NOT NULL UNIQUE,
  placed_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE order_lines (
  order_id bigint NOT NULL REFERENCES orders ON DELETE CASCADE,
  book_id bigint NOT NULL REFERENCES books,
  quantity integer NOT NULL CHECK (quantity > 0),
  cents integer NOT NULL CHECK (cents > 0),
  PRIMARY KEY (order_id, book_id)
);

CREATE INDEX orders_by_user ON orders (user_id, id DESC);
