export type Vendor = "airweave" | "fivetran" | "supermetrics" | (string & {});

export interface Settings {
  scenario?: string;
  seed?: number;
  clock?: string;
  editions?: Record<string, string>;
  seed_state?: object | null;
}

export interface Options extends Settings {
  /** The checks that must hold: "all", or names, which must then be exercised. [] turns it off. */
  require?: string[];
}

export interface Exchange {
  id: number;
  operation: string | null;
  outcome: string | null;
  request: { method: string; path: string; headers: unknown; body: string | null };
  response: { status: number; headers: unknown; body: string | null };
  [member: string]: unknown;
}

export interface Verdict {
  check: string;
  result: "pass" | "fail" | "not_exercised" | "inconclusive";
  summary: string;
  exercised: number;
  findings: { text: string; exchanges: number[] }[];
}

/** The session of one test. */
export interface Mockduit {
  readonly session: string;
  /** The base URL for a client of this vendor. */
  url(vendor: Vendor): string;
  set(settings: Settings): Promise<void>;
  /** Moves the session's clock ahead, for example by "61s". */
  advance(by: string): Promise<object>;
  /** The journal: every exchange, oldest first. */
  requests(): Promise<Exchange[]>;
  verdicts(): Promise<Verdict[]>;
  /** Requires these checks instead of "all"; each must be exercised. None: nothing fails. */
  require(...checks: string[]): void;
  /** Rejects unless the verdicts are as required. The test's end calls it. */
  verify(): Promise<void>;
}

/** The function for `test(name, …)` of Vitest, Jest or node:test. */
export function withMockduit(
  body: (mock: Mockduit, ...context: any[]) => unknown,
  options?: Options,
): (...context: any[]) => Promise<void>;

/** The session's name for a test of this name. */
export function sessionName(test: string): string;
