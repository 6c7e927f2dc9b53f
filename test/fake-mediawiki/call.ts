import type { User, WikiState } from './state.ts';

interface OtherError {
  readonly code: string;
  readonly text: string;
}

/** An error of the API, with code and text. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string>>;
  /** Further errors of the same response. */
  readonly others: readonly OtherError[];
  module: string | null = null;

  constructor(
    code: string,
    info: string,
    more: {
      data?: Readonly<Record<string, unknown>>;
      headers?: Record<string, string>;
      others?: readonly OtherError[];
    } = {},
  ) {
    super(info);
    this.code = code;
    this.data = more.data ?? {};
    this.headers = more.headers ?? {};
    this.others = more.others ?? [];
  }
}

/** A warning in a successful response. */
export interface Warning {
  readonly module: string;
  readonly code: string;
  readonly text: string;
}

/** One request with its user and parameters, and the warnings collected so far. */
export class Call {
  readonly wiki: WikiState;
  readonly viewer: User;
  readonly method: string;
  /** True for origin=*, which makes the request anonymous and returns no tokens. */
  readonly withoutCredentials: boolean;
  readonly warnings: Warning[] = [];
  readonly #url: URLSearchParams;
  readonly #body: URLSearchParams;

  constructor(
    wiki: WikiState,
    viewer: User,
    request: { method: string; url: URLSearchParams; body: URLSearchParams; withoutCredentials: boolean },
  ) {
    this.wiki = wiki;
    this.viewer = viewer;
    this.method = request.method;
    this.withoutCredentials = request.withoutCredentials;
    this.#url = request.url;
    this.#body = request.body;
  }

  get(name: string): string | null {
    return this.#body.get(name) ?? this.#url.get(name);
  }

  has(name: string): boolean {
    return this.get(name) !== null;
  }

  isInUrl(name: string): boolean {
    return this.#url.has(name);
  }

  required(name: string): string {
    const value = this.get(name);
    if (value === null || value === '') {
      throw new ApiError('missingparam', `The "${name}" parameter must be set.`);
    }
    return value;
  }

  oneOf<T extends string>(name: string, values: readonly T[], fallback?: T): T {
    const given = this.get(name) ?? fallback ?? this.required(name);
    const value = values.find((candidate) => candidate === given);
    if (value === undefined) {
      throw new ApiError('badvalue', `Unrecognized value for parameter "${name}": ${given}.`);
    }
    return value;
  }

  /** Returns the values of a list parameter. Adds a warning for unknown values and omits them. */
  listOf<T extends string>(
    name: string,
    values: readonly T[],
    where: { module: string; fallback?: string },
  ): T[] {
    const given = split(this.get(name) ?? where.fallback ?? '');
    const unknown = given.filter((value) => !values.some((known) => known === value));
    if (unknown.length > 0) {
      const noun = unknown.length === 1 ? 'value' : 'values';
      const text = `Unrecognized ${noun} for parameter "${name}": ${unknown.join(', ')}`;
      this.warnings.push({ module: where.module, code: 'unrecognizedvalues', text });
    }
    return values.filter((value) => given.includes(value));
  }

  /** Returns the keys of a table that this wiki supports. */
  known(table: object): string[] {
    return Object.keys(table).filter((name) => !this.wiki.software.lacks.includes(name));
  }

  amount(name: string, fallback: number): number {
    const value = this.get(name);
    return value === 'max' ? 500 : Number(value ?? fallback);
  }
}

/** Splits a list at |, or at U+001F if the value begins with it. */
export function split(value: string): string[] {
  if (value === '') return [];
  return value.startsWith('\u001f') ? value.slice(1).split('\u001f') : value.split('|');
}
