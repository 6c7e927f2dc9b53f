/** A request to the wiki; `params` merges the URL and the body. */
export interface WikiRequest {
  readonly method: string;
  readonly url: URL;
  readonly body: URLSearchParams;
  readonly params: Readonly<Record<string, string>>;
}

/** Parses the URL and the form data of a request. */
export async function readRequest(request: Request): Promise<WikiRequest> {
  const { method } = request;
  const url = new URL(request.url);
  const isForm = /form/.test(request.headers.get('content-type') ?? '');
  const fields = method === 'POST' && isForm ? [...(await request.formData())] : [];
  const body = new URLSearchParams(
    fields.map(([name, value]) => [name, typeof value === 'string' ? value : value.name]),
  );
  return { method, url, body, params: Object.fromEntries([...url.searchParams, ...body]) };
}
