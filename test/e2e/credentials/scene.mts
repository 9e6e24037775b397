import type { Page } from 'playwright-core';
import { z } from 'zod';
import type { Standin } from '../../../standin/server.mts';
import type { Editor } from '../browser/editor.mts';
import type { Pictures } from '../browser/pictures.mts';
import type { Stage } from '../support/stage.mts';
import { SEND, esputnik, type NodeJson } from '../support/workflows.mts';
import type { Canaries } from './canaries.mts';

/** What the cases about credentials share. */
export interface Scene {
	readonly stage: Stage;
	/** A page of n8n's editor whose user has signed in. */
	readonly page: Page;
	readonly editor: Editor;
	readonly pictures: Pictures;
	/** A stand-in whose secrets are the canaries. */
	readonly standin: Standin;
	readonly canaries: Canaries;
}

/** The node's `authentication` → its credential type. */
export const CREDENTIAL_TYPES = {
	apiKey: 'esputnikApi',
	apiToken: 'esputnikTokenApi',
	oAuth2: 'esputnikOAuth2Api',
} as const;

export type Authentication = keyof typeof CREDENTIAL_TYPES;

/** A credential as a node refers to it. */
export interface Reference {
	readonly id: string;
	readonly name: string;
}

const Credential = z.object({
	id: z.string(),
	name: z.string(),
	type: z.string(),
	createdAt: z.string(),
});

/** The credential of a type that was made last. */
export async function lastCredential(
	{ stage }: Scene,
	authentication: Authentication,
): Promise<Reference> {
	const list = z.array(Credential).parse(await stage.api.request('GET', '/credentials'));
	const last = list
		.filter(({ type }) => type === CREDENTIAL_TYPES[authentication])
		.sort((a, b) => a.createdAt.localeCompare(b.createdAt))
		.at(-1);
	if (last === undefined) throw new Error(`There is no credential for "${authentication}".`);
	return { id: last.id, name: last.name };
}

/** Makes a credential without the editor. */
export async function makeCredential(
	{ stage }: Scene,
	authentication: Authentication,
	data: Readonly<Record<string, string>>,
): Promise<Reference> {
	const type = CREDENTIAL_TYPES[authentication];
	const name = `${type} with ${data.baseUrl}`;
	const made = await stage.api.request('POST', '/credentials', { name, type, data });
	return { id: Credential.parse(made).id, name };
}

/** Send Past Events with a credential of the canaries. */
export function sendWith(
	authentication: Authentication,
	credential: Reference,
	parameters: Readonly<Record<string, unknown>> = {},
	settings: Pick<NodeJson, 'onError'> = {},
): NodeJson {
	return {
		...esputnik({ ...SEND, authentication, ...parameters }, settings),
		credentials: { [CREDENTIAL_TYPES[authentication]]: credential },
	};
}
