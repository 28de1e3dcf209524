const STYLES_AND_VIEWS = /\.(?:css|scss|sass|less|styl|pcss|html?|xhtml|erb|haml|slim|ejs|hbs|handlebars|mustache|pug|jade|liquid|njk|twig|jinja2?|j2|cshtml|ftlh?|heex|leex|gohtml|tmpl|blade\.php)$/i;

/** True for style sheets and page templates: what they do is seen, and few test suites can see it. Components with code of their own (`.vue`, `.svelte`, `.tsx`) are not meant. */
export const isPresentation = (path: string): boolean => STYLES_AND_VIEWS.test(path.slice(-40));
