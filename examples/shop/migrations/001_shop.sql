CREATE TABLE users (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  name text NOT NULL,
  password text NOT NULL,
  role text NOT NULL CHECK (role IN ('customer', 'staff')),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE books (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  title text NOT NULL,
  author text NOT NULL,
  cents integer NOT NULL CHECK (cents > 0),
  stock integer NOT NULL CHECK (stock >= 0)
);

-- A visitor's visit. Of the token only its hash is kept: whoever reads the table can't sign in with it.
CREATE TABLE sessions (
  token_hash text PRIMARY KEY,
  user_id bigint REFERENCES users ON DELETE CASCADE,
  expires_at timestamptz NOT NULL
);

CREATE TABLE cart_lines (
  token_hash text NOT NULL REFERENCES sessions ON DELETE CASCADE ON UPDATE CASCADE,
  book_id bigint NOT NULL REFERENCES books,
  quantity integer NOT NULL CHECK (quantity BETWEEN 1 AND 20),
  PRIMARY KEY (token_hash, book_id)
);
