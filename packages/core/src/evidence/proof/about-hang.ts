const HANG = /\b(?:hang(?:s|ing)?|hung|dead-?lock(?:s|ed)?|live-?lock|freez(?:e|es|ing)|froze|stuck|infinite(?:ly)?|endless(?:ly)?|never (?:resolv|return|end|settl|finish|complet|call|fir|emit)\w*|not? (?:being )?(?:called|resolved|settled)|time-?outs?|timed out|times out|unresponsive|forever)\b/i;

/** True when a change says that it is about something that does not come to an end: then a timeout is what the bug looks like. */
export const saysHang = (messages: readonly string[]): boolean => messages.some((message) => HANG.test(message.slice(0, 4000)));
