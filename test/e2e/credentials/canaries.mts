import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Standin } from '../../../standin/server.mts';

const Tokens = z.object({ access_token: z.string(), refresh_token: z.string() });

/** Secrets that are looked for wherever n8n and the stand-in write something. */
export class Canaries {
	readonly apiKey = secret('key');
	readonly token = secret('token');
	readonly clientSecret = secret('client');
	/** The access token that the stand-in gave out last. */
	accessToken = '';
	/** Called for each access token that is given out. */
	onAccessToken: (() => void) | undefined;
	readonly #more: string[] = [];

	/** Notes each code, access token and refresh token that the stand-in's OAuth 2.0 server sees or gives out from now on. */
	watch({ oauth }: Standin): void {
		const answer = oauth.token.bind(oauth);
		oauth.token = async (headers, body) => {
			const given = await answer(headers, body);
			this.#note(body.code, body.refresh_token);
			const { success, data } = Tokens.safeParse(given.body);
			if (success) {
				this.#note(data.access_token, data.refresh_token);
				this.accessToken = data.access_token;
				this.onAccessToken?.();
			}
			return given;
		};
	}

	/** How many are known. */
	get count(): number {
		return 3 + this.#more.length;
	}

	/** Those that a text holds, whole: as they are, URL-encoded, or anywhere within something in Base64. */
	foundIn(text: string): string[] {
		return [this.apiKey, this.token, this.clientSecret, ...this.#more].filter((canary) =>
			forms(canary).some((form) => text.includes(form)),
		);
	}

	#note(...values: readonly unknown[]): void {
		for (const value of values) {
			if (typeof value === 'string' && !this.#more.includes(value)) this.#more.push(value);
		}
	}
}

/** All files below a folder, as text in which every byte is a character, with their names. */
export async function readAll(
	folder: string,
	skip: RegExp,
): Promise<[name: string, text: string][]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries
		.filter((entry) => entry.isFile())
		.map((entry) => join(entry.parentPath, entry.name))
		.filter((file) => !skip.test(file));
	return await Promise.all(
		files.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'latin1')]),
	);
}

/** With characters that look different in each form. */
function secret(name: string): string {
	return `canary-${name}+/=&${randomBytes(9).toString('hex')}`;
}

function forms(text: string): string[] {
	return [text, encodeURIComponent(text), ...[0, 1, 2].map((before) => base64Within(text, before))];
}

/** What is the same in the Base64 of everything that holds the text after 3n + `before` bytes. */
function base64Within(text: string, before: number): string {
	const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(text)]);
	const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
	return whole.slice(before === 0 ? 0 : 4);
}
