// oxlint-disable-next-line no-control-regex
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/g;

/** What servers print and answer is hostile: it becomes an event or a log line without control characters. */
export const stripControls = (text: string): string => text.replace(controls, '');
