/** How a secret may be written in a text that repeats it. */
export const SECRET_ENCODINGS = [
	'plain',
	'withoutPadding',
	'base64url',
	'unicodeEscapes',
	'escapedSlashes',
	'percent',
	'percentLowerCase',
	'percentAll',
	'htmlDecimal',
	'htmlHex',
	'htmlNamed',
	'hex',
	'halves',
] as const;

export type SecretEncoding = (typeof SECRET_ENCODINGS)[number];

const NOT_PLAIN = /[^A-Za-z0-9]/g;
const NAMED = new Map([
	['=', '&equals;'],
	['/', '&sol;'],
	['+', '&plus;'],
	['-', '&hyphen;'],
	['_', '&lowbar;'],
]);

/**
 * The secret of an Authorization header, in an encoding.
 * @param of the key or token itself, or what stands behind the scheme in the header
 * @returns one text; two where the encoding halves it; none where the header holds nothing
 */
export function echoesOf(
	authorization: string | undefined,
	of: 'key' | 'header',
	encoding: SecretEncoding,
): readonly string[] {
	const [scheme = '', credential = ''] = (authorization ?? '').split(' ');
	if (credential === '') return [];
	const isBasic = scheme.toLowerCase() === 'basic';
	const key = isBasic
		? Buffer.from(credential, 'base64')
				.toString('utf8')
				.replace(/^[^:]*:/, '')
		: credential;
	if (encoding === 'withoutPadding' || encoding === 'base64url') {
		const base64 = isBasic && of === 'header' ? credential : Buffer.from(key).toString('base64');
		const bare = base64.replace(/=+$/, '');
		return [encoding === 'base64url' ? bare.replace(/\+/g, '-').replace(/\//g, '_') : bare];
	}
	return encode(of === 'key' ? key : credential, encoding);
}

function encode(
	secret: string,
	encoding: Exclude<SecretEncoding, 'withoutPadding' | 'base64url'>,
): readonly string[] {
	const each = (of: RegExp, write: (character: string) => string) => [secret.replace(of, write)];
	switch (encoding) {
		case 'plain':
			return [secret];
		case 'unicodeEscapes':
			return each(NOT_PLAIN, (it) => `\\u${codeOf(it).padStart(4, '0')}`);
		case 'escapedSlashes':
			return each(/\//g, (it) => `\\${it}`);
		case 'percent':
			return [encodeURIComponent(secret)];
		case 'percentLowerCase':
			return [encodeURIComponent(secret).replace(/%../g, (it) => it.toLowerCase())];
		case 'percentAll':
			return [Buffer.from(secret).toString('hex').replace(/../g, '%$&')];
		case 'htmlDecimal':
			return each(NOT_PLAIN, (it) => `&#${it.charCodeAt(0)};`);
		case 'htmlHex':
			return each(NOT_PLAIN, (it) => `&#x${codeOf(it)};`);
		case 'htmlNamed':
			return each(NOT_PLAIN, (it) => NAMED.get(it) ?? it);
		case 'hex':
			return [Buffer.from(secret).toString('hex')];
		case 'halves': {
			const middle = Math.ceil(secret.length / 2);
			return [secret.slice(0, middle), secret.slice(middle)];
		}
	}
}

function codeOf(character: string): string {
	return character.charCodeAt(0).toString(16);
}
