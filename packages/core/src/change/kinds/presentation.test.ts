import { expect, test } from "vitest";
import { isPresentation } from "./presentation.ts";

test.each(["a.css", "src/Styles/Main.SCSS", "app/views/users/show.html.erb", "templates/base.j2", "resources/views/home.blade.php", "index.html", "web/page.tmpl"])("%s is a style sheet or a view", (path) => {
  expect(isPresentation(path)).toBe(true);
});

test.each(["src/css.ts", "src/App.vue", "src/html/render.js", "app/views.py", "home.php", "src/erb", "src/styles.css.ts", "a.css.map", "src/languages/css.js", "src/i18n/index.ts", "locales/load.ts", "src/ja.ts"])("%s is code", (path) => {
  expect(isPresentation(path)).toBe(false);
});

test.each(["locales/ja.ts", "src/i18n/messages/pt-BR.ts", "packages/translations/src/languages/ja.ts", "config/locales/de.rb"])("%s holds texts in one language", (path) => {
  expect(isPresentation(path)).toBe(true);
});
