// What a published document does not say and a call needs all the same: how each vendor is told who
// calls, how to come by the ids in its paths and bodies, and what must have happened before.
//
//   headers      of every request; `strangers`: those that nobody knows
//   ids          by the shape of a path (see document.mjs): makes one, and gives its id
//   references   by the name of a body's member or a parameter: the shape whose id it is, or what
//                gives its value
//   values       by a body's member: what it is, where the schema tells less than the text
//   query        the same for parameters; null leaves one out
//   queries      by "METHOD shape": the query, or several, where parameters that are not required
//                are wanted; a value may be a function that gives it
//   bodies       by "METHOD shape": another body in place of the document's
//   reaching     by "METHOD shape" and status: the query or body that this answer needs, where the
//                others earn an answer of their own
//   before       by "METHOD shape": what must have happened
//   begin        begins whatever goes on by itself
//   unknown      an id that is not there, for a path's last hole; undefined if none is looked up

import { airweave } from "./ways/airweave.mjs";
import { fivetran } from "./ways/fivetran.mjs";
import { supermetrics } from "./ways/supermetrics.mjs";

// By vendor and edition.
export const WAYS = { ...airweave, ...fivetran, ...supermetrics };
