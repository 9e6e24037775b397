import { createHash, randomUUID } from 'node:crypto';
import type { Backstage } from '../backstage.mts';
import { keepLiveEvent } from '../events/keepLiveEvent.mts';
import { nameOf, normalize, type Contact } from './contactStore.mts';
import type { ImportBody, ReadContact } from './importBody.mts';
import { deletedBy } from './judgeContact.mts';
import { upsert } from './upsert.mts';

/** An import of contacts: what one request set going. */
export interface Import {
	readonly session: string;
	readonly request: number;
	readonly contacts: number;
	readonly failed: number;
	/** How many have been stored so far. */
	readonly stored: number;
	/** How many of these were new. */
	readonly created: number;
	/** How many were there and have another value now: workflows that start *On contact field change* would have run for them. */
	readonly changed: number;
	readonly state: 'running' | 'finished' | 'failed';
}

/** A contact that an import stored, and what its `dedupeValue` may be in the mapping, by the switch of that name. */
export interface StoredContact {
	readonly contactId: number;
	readonly sent: string;
	readonly normalized: string;
	readonly externalId: string;
}

/** An import with what its session tells of it. */
export interface Session extends Import {
	/** Milliseconds of `performance.now()`. */
	readonly startedAt: number;
	readonly endsAt: number;
	readonly mapping: readonly StoredContact[];
}

interface Running extends Session {
	stored: number;
	created: number;
	changed: number;
	state: Import['state'];
	mapping: readonly StoredContact[];
}

const KEPT_IMPORTS = 1000;
const DUPLICATE_MS = 60_000;

/** The imports of contacts, and their sessions. */
export class Imports {
	#running = new Set<NodeJS.Timeout>();
	#sessions = new Map<string, Running>();
	#bodies = new Map<string, number>();
	#restored = new Set<string>();
	#count = 0;

	/** The last imports, in their order. */
	get all(): readonly Import[] {
		return Array.from(this.#sessions.values(), (running) => {
			const { session, request, contacts, failed, stored, created, changed, state } = running;
			return { session, request, contacts, failed, stored, created, changed, state };
		});
	}

	/** Texts of the switch `deletedContacts` whose contacts have been brought back. */
	get restored(): ReadonlySet<string> {
		return this.#restored;
	}

	find(session: string): Session | undefined {
		return this.#sessions.get(session);
	}

	/** Whether the same body came within the last minute. */
	isRepeated(body: Buffer): boolean {
		const digest = createHash('sha1').update(body).digest('base64');
		const before = this.#bodies.get(digest);
		const now = performance.now();
		this.#bodies.set(digest, now);
		return before !== undefined && now - before < DUPLICATE_MS;
	}

	/**
	 * Sets an import going.
	 * @param body undefined where it was not looked at
	 * @param accepted the contacts that are to be stored; `contacts` and `failed` are counts
	 */
	start(
		backstage: Backstage,
		from: {
			readonly body: ImportBody | undefined;
			readonly accepted: readonly ReadContact[];
			readonly request: number;
			readonly contacts: number;
			readonly failed: number;
		},
	): Session {
		const { importMs, importUneven, importEnd } = backstage.switches;
		const { body, accepted, request, contacts, failed } = from;
		this.#count++;
		const duration = importUneven && this.#count % 2 === 1 ? 2 * importMs : importMs;
		const startedAt = performance.now();
		const running: Running = {
			session: randomUUID(),
			...{ request, contacts, failed },
			...{ startedAt, endsAt: startedAt + duration },
			...{ stored: 0, created: 0, changed: 0, state: 'running', mapping: [] },
		};
		this.#sessions.set(running.session, running);
		this.#forgetOld();
		if (importEnd === 'never') return running;
		const end = () => this.#end(backstage, running, body, accepted);
		if (duration === 0) end();
		else {
			const timer = setTimeout(() => {
				this.#running.delete(timer);
				end();
			}, duration).unref();
			this.#running.add(timer);
		}
		return running;
	}

	clear(): void {
		for (const timer of this.#running) clearTimeout(timer);
		this.#running.clear();
		this.#sessions.clear();
		this.#bodies.clear();
		this.#restored.clear();
		this.#count = 0;
	}

	#end(
		backstage: Backstage,
		running: Running,
		body: ImportBody | undefined,
		accepted: readonly ReadContact[],
	): void {
		const { importEnd, importErrorStores } = backstage.switches;
		const isError = importEnd === 'ERROR';
		const half = Math.floor(accepted.length / 2);
		const stored = !isError
			? accepted
			: importErrorStores === 'part'
				? accepted.slice(0, half)
				: [];
		if (body !== undefined) this.#store(backstage, running, body, stored);
		running.state = isError ? 'failed' : 'finished';
	}

	#store(
		backstage: Backstage,
		running: Running,
		body: ImportBody,
		accepted: readonly ReadContact[],
	): void {
		const { contacts, groups, switches } = backstage;
		const into = {
			intoGroups: groups.take(body.groupNames ?? []),
			outOfGroups: body.groupNamesExclude ?? [],
		};
		running.mapping = accepted.map((read) => {
			if (switches.deletedContacts.length > 0) {
				const deleted = deletedBy(JSON.stringify(read.sent), switches, this.#restored);
				if (deleted !== undefined) this.#restored.add(deleted);
			}
			const upserted = upsert(contacts, read, body, switches, into);
			const { contact, isNew, isChanged, byExternalId } = upserted;
			if (isChanged) running.changed++;
			if (isNew) {
				running.created++;
				tellOfNew(backstage, contact, body.eventKeyForNewContacts, running.request);
			}
			const { externalCustomerId = '' } = read.values;
			const sent = read.dedupeValue ?? externalCustomerId;
			return {
				contactId: contact.id,
				sent,
				normalized: normalized(sent, body),
				externalId: byExternalId ? externalCustomerId : sent,
			};
		});
		running.stored = running.mapping.length;
	}

	#forgetOld(): void {
		if (this.#sessions.size <= KEPT_IMPORTS) return;
		const [oldest] = this.#sessions.keys();
		this.#sessions.delete(oldest);
	}
}

/** Makes the event that a new contact brings, if the request asks for one. It starts workflows. */
function tellOfNew(
	backstage: Backstage,
	contact: Contact,
	eventTypeKey: string | undefined,
	request: number,
): void {
	if (eventTypeKey === undefined) return;
	const params = { contactId: String(contact.id) };
	const event = { eventTypeKey, keyValue: nameOf(contact), params };
	keepLiveEvent(backstage, { event, version: 'v3', contact, request });
}

function normalized(value: string, { dedupeOn }: ImportBody): string {
	if (value.includes('@')) return normalize('email', value);
	const isPhone = dedupeOn === 'sms' || dedupeOn === 'email_or_sms';
	return isPhone ? normalize('sms', value) : value;
}
