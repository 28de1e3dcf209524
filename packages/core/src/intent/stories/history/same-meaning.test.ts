import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sameMeaning } from "./same-meaning.ts";

const SENTENCE = "When a guest confirms the order, the shop shall charge the card once.";

describe("surely the same", () => {
  test.each([
    [SENTENCE, "The shop shall charge the card once when a guest confirms the order."],
    [SENTENCE, "When the guest confirms an order, the shop must charge the card once."],
    ["If the card is declined, then the shop shall keep the cart.", "If the card is declined, the shop shall keep the cart."],
    ["The shop shall recieve the order.", "The shop shall receive the order."],
    ["The shop shall write what ocurred.", "The shop shall write what occurred."],
    ["The user shall log in.", "The user shall sign in."],
    ["The page can not be opened", "The page cannot be opened."],
    ["The shop shall show the colour.", "The shop shall show the color."],
    ["It answers within 20 percent.", "It answers within 20 %."],
    ["A guest's cart shall be kept.", "The guest's cart shall be kept."],
    ["While offline, then the app shall not sync.", "The app shall not sync while offline."],
  ])("%s → %s", (before, after) => {
    expect(sameMeaning(before, after)).toBe(true);
    expect(sameMeaning(after, before)).toBe(true);
  });
});

describe("perhaps another meaning", () => {
  test.each([
    ["a number", SENTENCE, SENTENCE.replace("once", "2 times")],
    ["a figure", "keep the cart for 30 days", "keep the cart for 60 days"],
    ["two figures that change places", "from 10 to 20 days", "from 20 to 10 days"],
    ["a unit", "within 5 ms", "within 5 minutes"],
    ["a negation", SENTENCE, SENTENCE.replace("shall", "shall not")],
    ["a contracted negation", "The page can be opened", "The page can't be opened"],
    ["should", SENTENCE, SENTENCE.replace("shall", "should")],
    ["may", SENTENCE, SENTENCE.replace("shall", "may")],
    ["will", SENTENCE, SENTENCE.replace("shall", "will")],
    ["another actor", SENTENCE, SENTENCE.replace("guest", "customer")],
    ["a comma that moves", "When a guest pays, late orders shall be sent", "When a guest pays late, orders shall be sent"],
    ["quoted text", "The shop shall say “Thanks”.", "The shop shall say “thanks”."],
    ["code", "The header `Accept` shall be read.", "The header `accept` shall be read."],
    ["an acronym", "The IT shall answer.", "The it shall answer."],
    ["one letter", "The price shall be a minimum", "The price shall be a maximum"],
    ["a short word", "It is now sent", "It is not sent"],
    ["letters that make another word", "a casual relation of users", "a causal relation of users"],
    ["an ending", "The shop shall show the order", "The shop shall show the orders"],
    ["or", "a red and blue hat", "a red or blue hat"],
    ["a condition that may belong to half of it", "The shop shall sound the bell or ring when it is open", "When it is open, the shop shall sound the bell or ring"],
    ["before for after", "before the order ships", "after the order ships"],
    ["more", "at least 3 hats", "at most 3 hats"],
    ["only", "When the user is signed in, the shop shall show prices only.", "The shop shall show prices only when the user is signed in."],
    ["bytes for bits", "at most 10 kB", "at most 10 kb"],
    ["a letter that is a unit", "within 5 M", "within 5 m"],
    ["a letter that is a name", "The shop shall give option A to staff.", "The shop shall give option to staff."],
    ["an order of steps", "The shop shall charge the card, and then send the mail.", "The shop shall charge the card, and send the mail."],
    ["text in other marks", "The shop shall show 'Paid'.", "The shop shall show 'paid'."],
    ["text in marks of other languages", "The shop shall show «Paid» and ‘Sent’.", "The shop shall show «paid» and ‘sent’."],
    ["letters that change places and make a word", "The box shall barely hold.", "The box shall barley hold."],
    ["nothing", "The shop shall greet.", ""],
  ])("%s", (_, before, after) => {
    expect(sameMeaning(before, after)).toBe(false);
    expect(sameMeaning(after, before)).toBe(false);
  });
});

const word = fc.constantFrom("guest", "order", "shop", "card", "charge", "keep", "cart", "days", "shall", "not", "may", "should", "and", "or", "30", "60", "ms", "a", "the", "“Pay”", "never", "always", "except");
const sentence = fc.array(word, { minLength: 1, maxLength: 12 });

test("it is an equivalence: reflexive and symmetric, whatever the words", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), fc.string({ maxLength: 200 }), (one, two) => {
      expect(sameMeaning(one, one)).toBe(true);
      expect(sameMeaning(one, two)).toBe(sameMeaning(two, one));
    }),
  );
});

test("articles come and go; no other word that stands for itself does", () => {
  fc.assert(
    fc.property(sentence, fc.nat(12), word, (words, at, other) => {
      const place = at % (words.length + 1);
      const more = [...words.slice(0, place), other, ...words.slice(place)];
      expect(sameMeaning(words.join(" "), more.join(" "))).toBe(other === "a" || other === "the");
    }),
  );
});

test("a word put in another's place is another meaning, unless both are articles", () => {
  fc.assert(
    fc.property(sentence, fc.nat(12), word, (words, at, other) => {
      const place = at % words.length;
      const was = words[place] ?? "";
      const articles = ["a", "the"];
      const changed = words.with(place, other);
      expect(sameMeaning(words.join(" "), changed.join(" "))).toBe(was === other || (articles.includes(was) && articles.includes(other)));
    }),
  );
});
