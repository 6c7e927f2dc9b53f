/** Parameters of a request. null omits a parameter that the recorder would add. */
export type Params = Record<string, string | null>;

/** Values that are known only after earlier exchanges. */
export interface Known {
  /** Ids of the two newest revisions of the mentor's talk page. */
  newest: string;
  before: string;
  /** Id and text of the first revision of the list of mentors. */
  base: string;
  list: string;
}

type Request = Params | ((known: Known) => Params);

interface Conditions {
  /** Reason for which the wiki is read-only. */
  readOnly?: string;
  settings?: Record<string, unknown>;
  captcha?: boolean;
  /** Title of a page that is deleted before. */
  deleted?: string;
  /** Title of a page that is protected before. */
  protected?: string;
  /** Keeps blocks of the address by an earlier exchange. */
  autoblocked?: boolean;
}

export interface Exchange extends Conditions {
  file: string;
  /** Id of an account, or `anon`. */
  as: string;
  note?: string;
  /** Time on 2026-11-22. */
  at?: string;
  get?: Request;
  post?: Request;
  preflight?: Record<string, string>;
  /** Parameters in the address of a POST request. */
  query?: Record<string, string>;
  origin?: string;
  /** Sends the request twice, and records the second response. */
  twice?: boolean;
}
