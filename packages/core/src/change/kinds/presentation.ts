const STYLES_AND_VIEWS = /\.(?:css|scss|sass|less|styl|pcss|html?|xhtml|erb|haml|slim|ejs|hbs|handlebars|mustache|pug|jade|liquid|njk|twig|jinja2?|j2|cshtml|ftlh?|heex|leex|gohtml|tmpl|blade\.php)$/i;

/** A file of texts in one language: `locales/pt-BR.ts`, `translations/src/languages/ja.ts`. */
const TEXTS = /(?:^|\/)(?:locales?|translations?|i18n|l10n)\/(?:[^/]{1,60}\/){0,3}[a-z]{2,3}(?:[-_][A-Za-z]{2,4})?\.(?:[cm]?[jt]s|php|rb|py|dart)$/;

/** True for style sheets, page templates and texts in one language: what they do is seen, and few test suites can see it. Components with code of their own (`.vue`, `.svelte`, `.tsx`) are not meant. */
export const isPresentation = (path: string): boolean => STYLES_AND_VIEWS.test(path.slice(-40)) || TEXTS.test(path.slice(-200));
