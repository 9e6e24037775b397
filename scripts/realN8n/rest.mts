import { z } from 'zod';
import { fetchAnew } from './fetchAnew.mts';
import { Advice } from './problems.mts';

/** The person who owns a local n8n. The password is no secret: n8n listens on the loopback interface only. */
export const OWNER = {
	email: 'owner@example.com',
	firstName: 'Local',
	lastName: 'Owner',
	password: 'Esputnik-2024',
} as const;

/** The calls that the editor itself makes, for somebody who has signed in. */
export interface EditorApi {
	/** `name=value` of the cookie that tells n8n who has signed in. */
	readonly cookie: string;
	/** A call below /rest; gives the `data` of its answer. */
	readonly request: (method: string, path: string, body?: unknown) => Promise<unknown>;
	/** A JSON file that n8n serves to those who are signed in, such as `/types/nodes.json`. */
	readonly file: (path: string) => Promise<unknown>;
}

const Envelope = z.object({ data: z.unknown() });
const Settings = z.object({
	userManagement: z.object({ showSetupOnFirstLoad: z.boolean().optional() }),
});

/** Signs the owner in, after making the owner where n8n has none yet. */
export async function signInAsOwner(url: string): Promise<EditorApi> {
	const anonymous = editorApi(url, '');
	const settings = Settings.parse(await anonymous.request('GET', '/settings'));
	const { email, password } = OWNER;
	const path = settings.userManagement.showSetupOnFirstLoad ? '/owner/setup' : '/login';
	const body = path === '/login' ? { emailOrLdapLoginId: email, password } : OWNER;

	const answer = await call(url, '', 'POST', `/rest${path}`, body);
	const cookie = answer.headers
		.getSetCookie()
		.map((one) => one.split(';')[0])
		.find((one) => one.startsWith('n8n-auth='));
	if (!answer.ok || cookie === undefined)
		throw new Advice(
			`The owner could not sign in (${answer.status}): ${await answer.text()}. Start again with --fresh to make a new n8n.`,
		);
	return editorApi(url, cookie);
}

function editorApi(url: string, cookie: string): EditorApi {
	return {
		cookie,
		async request(method, path, body) {
			const answer = await call(url, cookie, method, `/rest${path}`, body);
			return Envelope.parse(await read(answer, `${method} ${path}`)).data;
		},
		async file(path) {
			return await read(await call(url, cookie, 'GET', path), path);
		},
	};
}

async function read(answer: Response, what: string): Promise<unknown> {
	const text = await answer.text();
	if (!answer.ok) throw new Error(`${what}: ${answer.status} ${text}`);
	const parsed: unknown = JSON.parse(text);
	return parsed;
}

async function call(
	url: string,
	cookie: string,
	method: string,
	path: string,
	body?: unknown,
): Promise<Response> {
	return await fetchAnew(`${url}${path}`, {
		method,
		headers: { 'Content-Type': 'application/json', Cookie: cookie },
		...(body === undefined ? {} : { body: JSON.stringify(body) }),
	});
}
