const SOURCE = /\.(?:[cm]?[jt]sx?|py|rb|go|rs|php|phpt|java|kt|scala|groovy|cs|fs|vb|swift|c|cc|cpp|cxx|h|hpp|m|mm|ex|exs|erl|dart|lua|vue|svelte|feature)$/i;

/** True for texts that name a source file and not, say, a method. */
export const looksLikePath = (text: string): boolean =>
  text.length < 1000 && !text.includes("\n") && SOURCE.test(text) && (/[\\/]/.test(text) || !/\s/.test(text));
