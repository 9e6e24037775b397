import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ICredentialType, INodeType, IVersionedNodeType } from 'n8n-workflow';
import { PackageDirectoryLoader } from './n8n.mts';
import { property } from './property.mts';

/** The node and credential types of one package, nodes by their full name (`n8n-nodes-esputnik.esputnik`). */
export interface LoadedPackage {
	readonly nodes: ReadonlyMap<string, INodeType | IVersionedNodeType>;
	readonly credentials: ReadonlyMap<string, ICredentialType>;
}

/** Loads this package from its TypeScript sources: the same files that package.json names below dist/. */
export function loadSources(): LoadedPackage {
	const { name, nodes, credentials } = readManifest();
	return {
		nodes: new Map(
			nodes.map((file) => {
				const type = instantiate(file, isNodeType);
				return [`${name}.${type.description.name}`, type];
			}),
		),
		credentials: new Map(
			credentials.map((file) => {
				const type = instantiate(file, isCredentialType);
				return [type.name, type];
			}),
		),
	};
}

/** Loads an unpacked package (a folder with package.json and dist/) with n8n's own loader. */
export async function loadUnpacked(directory: string): Promise<LoadedPackage> {
	const loader = new PackageDirectoryLoader(directory);
	await loader.loadAll();
	return {
		nodes: new Map(
			Object.entries(loader.nodeTypes).map(([name, { type }]) => [
				`${loader.packageName}.${name}`,
				type,
			]),
		),
		credentials: new Map(
			Object.entries(loader.credentialTypes).map(([name, { type }]) => [name, type]),
		),
	};
}

interface Manifest {
	readonly name: string;
	readonly nodes: readonly string[];
	readonly credentials: readonly string[];
}

function readManifest(): Manifest {
	const manifest: unknown = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8'));
	const name = property(manifest, 'name');
	const nodes = property(property(manifest, 'n8n'), 'nodes');
	const credentials = property(property(manifest, 'n8n'), 'credentials');
	if (typeof name !== 'string' || !isTexts(nodes) || !isTexts(credentials)) {
		throw new Error('package.json has no name or no n8n section');
	}
	return { name, nodes, credentials };
}

/** `dist/nodes/X/X.node.js` → an instance of the class X that nodes/X/X.node.ts exports. */
function instantiate<T>(compiled: string, isWanted: (value: unknown) => value is T): T {
	const source = compiled.replace(/^dist\//, '').replace(/\.js$/, '.ts');
	const load = createRequire(join(process.cwd(), 'package.json'));
	const loaded: unknown = load(join(process.cwd(), source));
	const className = source.replace(/^.*\//, '').replace(/\..*$/, '');
	const type = property(loaded, className);
	const instance: unknown = typeof type === 'function' ? Reflect.construct(type, []) : undefined;
	if (!isWanted(instance)) throw new Error(`${source} does not export a class ${className}`);
	return instance;
}

function isNodeType(value: unknown): value is INodeType {
	return typeof property(property(value, 'description'), 'name') === 'string';
}

function isCredentialType(value: unknown): value is ICredentialType {
	return (
		typeof property(value, 'name') === 'string' && Array.isArray(property(value, 'properties'))
	);
}

function isTexts(value: unknown): value is string[] {
	return Array.isArray(value) && value.every((entry) => typeof entry === 'string');
}
