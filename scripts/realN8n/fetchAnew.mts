interface Init {
	readonly method?: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string | FormData;
}

/**
 * `fetch` on a connection of its own. A connection that was kept may be closed by the server in the moment in which it is used again,
 * which happens on a busy machine and cannot be told from a server that is gone.
 */
export async function fetchAnew(url: string, init: Init = {}): Promise<Response> {
	return await fetch(url, { ...init, headers: { ...init.headers, Connection: 'close' } });
}
