import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox';
import { Type } from '@sinclair/typebox';
import type { onRequestAsyncHookHandler } from 'fastify';
import { guard } from '../account/credentials.mts';
import type { Backstage } from '../backstage.mts';
import type { Switches } from '../options.mts';
import { fieldGroups, type AdditionalField } from './additionalFields.mts';

const Rows = Type.Object({
	startindex: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,8}$' })),
	maxrows: Type.Optional(Type.String({ pattern: '^[1-9]\\d{0,5}$' })),
});

/** `GET /v1/addressbooks` and `GET /v1/groups`. */
export const listRoutes: FastifyPluginCallbackTypebox<{
	backstage: Backstage;
	shared: onRequestAsyncHookHandler;
}> = (app, { backstage, shared }, done) => {
	const { switches, groups } = backstage;
	const accepts = (kind: string) => kind === 'oAuth2';

	app.get(
		'/v1/addressbooks',
		{ onRequest: guard(app, backstage, { right: 'none', accepts, limit: shared }) },
		(_request, reply) =>
			reply.type('application/json; charset=utf-8').send(JSON.stringify(addressBooks(switches))),
	);

	app.get(
		'/v1/groups',
		{
			onRequest: guard(app, backstage, { right: 'readContacts', accepts, limit: shared }),
			schema: { querystring: Rows },
		},
		({ query: { startindex = '1', maxrows = '500' } }, reply) => {
			const first = Number(startindex) - 1;
			const rows = groups.all.slice(first, first + Number(maxrows));
			const body = switches.groupsForm === 'array' ? rows : { groups: rows };
			return reply.type('application/json; charset=utf-8').send(JSON.stringify(body));
		},
	);
	done();
};

function addressBooks(switches: Switches): unknown {
	const { addressBookForm, addressBookScalars } = switches;
	const groups = fieldGroups(switches).map(({ name, fields }) => ({
		name,
		fields: fields.map((field) => describe(field, switches)),
	}));
	const body = {
		addressBook: [{ addressBookId: 1, name: 'Main', fieldGroups: groups }],
	};
	return rewrite(body, addressBookForm === 'collapsed', addressBookScalars === 'text');
}

function describe(
	{ id, name, fieldKey, type, possibleValues }: AdditionalField,
	{ addressBookTypes }: Switches,
): object {
	return {
		...{ id, name, fieldKey },
		description: {
			type: addressBookTypes === 'lower' ? type.toLowerCase() : type,
			...(possibleValues.length > 0 ? { allowedValues: { possibleValues } } : {}),
			...{ required: false, readonly: false },
		},
	};
}

/** The same JSON with lists of one as their bare element, and with numbers and booleans as text, where told. */
function rewrite(value: unknown, collapsed: boolean, asText: boolean): unknown {
	if (Array.isArray(value)) {
		const list = value.map((element: unknown) => rewrite(element, collapsed, asText));
		return collapsed && list.length === 1 ? list[0] : list;
	}
	if (typeof value === 'object' && value !== null) {
		return Object.fromEntries(
			Object.entries(value).map(([name, it]: [string, unknown]) => [
				name,
				rewrite(it, collapsed, asText),
			]),
		);
	}
	return asText ? String(value) : value;
}
