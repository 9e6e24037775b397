import type { INodeType, INodeTypes, IVersionedNodeType } from 'n8n-workflow';

/** By node name: how often `execute` was called and how long it took in all. */
export type NodeClock = ReadonlyMap<string, { readonly calls: number; readonly ms: number }>;

const TOOL_SUFFIX = 'Tool';

/**
 * The node types of one run. Each `execute` is timed from its call to its end, so what the engine does around it (it copies
 * every item before and after) is left out. A type named `…Tool` is the twin that n8n makes of a node for AI agents.
 */
export class EngineTypes implements INodeTypes {
	readonly clock = new Map<string, { calls: number; ms: number }>();
	private readonly timed = new Map<string, INodeType>();

	constructor(private readonly types: ReadonlyMap<string, INodeType | IVersionedNodeType>) {}

	getByName(name: string): INodeType | IVersionedNodeType {
		return this.getByNameAndVersion(name);
	}

	getByNameAndVersion(name: string, version?: number): INodeType {
		const key = `${name}@${version ?? ''}`;
		let type = this.timed.get(key);
		if (!type) {
			type = this.withClock(this.find(name, version));
			this.timed.set(key, type);
		}
		return type;
	}

	getKnownTypes(): Record<string, never> {
		return {};
	}

	private find(name: string, version?: number): INodeType {
		const type = this.types.get(name);
		if (type) return 'nodeVersions' in type ? type.getNodeType(version) : type;
		if (name.endsWith(TOOL_SUFFIX)) return this.find(name.slice(0, -TOOL_SUFFIX.length), version);
		throw new Error(`Unknown node type "${name}"`);
	}

	private withClock(type: INodeType): INodeType {
		if (!type.execute) return type;
		const { clock } = this;
		const timed: INodeType['execute'] = async function (...parameters) {
			const { name } = this.getNode();
			const started = performance.now();
			try {
				return (await type.execute?.apply(this, parameters)) ?? null;
			} finally {
				const { calls, ms } = clock.get(name) ?? { calls: 0, ms: 0 };
				clock.set(name, { calls: calls + 1, ms: ms + performance.now() - started });
			}
		};
		return new Proxy(type, {
			get: (target, key): unknown => (key === 'execute' ? timed : Reflect.get(target, key)),
		});
	}
}
