// What the ways of several vendors have in common.

export const authorization = (value) => ({ Authorization: value });

// A body whose events come to the caller's own receiver.
export const listened = (body, caller) => ({ ...body, url: caller.receiver });
