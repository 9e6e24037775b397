import { Value } from '@sinclair/typebox/value';
import type { TSchema } from '@sinclair/typebox';
import { Command, Option } from 'commander';
import { Settings, Switches } from './options.mts';
import { startStandin } from './server.mts';
import { choicesOf } from './switchTable.mts';

const DEFAULT_PORT = 8585;

void main();

async function main(): Promise<void> {
	const command = new Command('npm run standin --')
		.description(
			'A local eSputnik: past events, live events and contacts, without sending anything anywhere.',
		)
		.helpOption('-h, --help', 'show this');
	const schemas = { ...Settings.properties, ...Switches.properties };
	for (const [name, schema] of Object.entries(schemas)) command.addOption(optionFor(name, schema));
	command.parse();
	try {
		const standin = await startStandin(command.opts());
		const { url, baseUrl, oauthClient } = standin;
		console.log(`Local eSputnik is listening.

  Page                  ${url}/
  Base URL              ${baseUrl}
  API key               ${standin.apiKey}
  API token             ${standin.token}
  OAuth authorize URL   ${url}/uaa/oauth/authorize
  OAuth token URL       ${url}/uaa/oauth/token
  OAuth client          ${oauthClient.id} / ${oauthClient.secret}

Ctrl-C ends it.`);
		for (const signal of ['SIGINT', 'SIGTERM'] as const) {
			process.once(signal, () => void standin.close());
		}
	} catch (error) {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	}
}

/** `--deletion-active`, `--rights-of-key <text>`, … from the schema of a switch. */
function optionFor(name: string, schema: TSchema): Option {
	const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
	const value: unknown = name === 'port' ? DEFAULT_PORT : schema.default;
	const option = new Option(`${flag} <${placeholder(schema)}>`, schema.description).default(
		value,
		typeof value === 'object' ? 'none' : JSON.stringify(value),
	);
	const values = choicesOf(schema);
	if (values.length > 0) return option.choices(values);
	return option.argParser((text: string) => read(schema, text));
}

function placeholder(schema: TSchema): string {
	if (schema.type === 'array') return 'a,b';
	if (schema.type === 'object') return 'json';
	if (schema.type === 'boolean') return 'true|false';
	return schema.type === 'integer' ? 'number' : 'text';
}

/** A list from comma-separated text, an object from JSON, the rest as TypeBox reads text. What does not fit is refused at the start. */
function read(schema: TSchema, text: string): unknown {
	if (schema.type === 'array') return text.split(',').filter((part) => part !== '');
	if (schema.type !== 'object') return Value.Convert(schema, text);
	try {
		return JSON.parse(text);
	} catch {
		return text;
	}
}
