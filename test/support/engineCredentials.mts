import type {
	ICredentialDataDecryptedObject,
	ICredentialType,
	ICredentialsExpressionResolveValues,
	IDataObject,
	IExecuteData,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
	INodeProperties,
	IRequestOptionsSimplified,
	IWorkflowExecuteAdditionalData,
	Workflow,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { BASE_TYPES } from './engineCredentialTypes.mts';
import { Credentials, ICredentialsHelper, NodeHelpers } from './n8n.mts';

/** What the user typed into a credential, by credential type. */
export type CredentialData = Readonly<Record<string, ICredentialDataDecryptedObject>>;

/**
 * The credentials of a run, kept encrypted as n8n keeps them in its database. They are read, completed by defaults, renewed
 * (`preAuthentication`, OAuth 2.0) and applied to requests (`authenticate`) as n8n's server does it.
 */
export class CredentialStore extends ICredentialsHelper {
	private static count = 0;

	private readonly stored = new Map<string, Credentials>();
	/** n8n renews a credential once at a time in all of a process, and knows it by its id. */
	private readonly number = ++CredentialStore.count;

	private constructor(private readonly types: ReadonlyMap<string, ICredentialType>) {
		super();
	}

	static async of(
		types: ReadonlyMap<string, ICredentialType>,
		data: CredentialData,
	): Promise<CredentialStore> {
		const store = new CredentialStore(types);
		for (const [type, values] of Object.entries(data)) {
			const credentials = new Credentials({ id: type, name: type }, type);
			await credentials.setData(values);
			store.stored.set(type, credentials);
		}
		return store;
	}

	/** The credential as it is stored now, for instance after a token was renewed. */
	async read(type: string): Promise<ICredentialDataDecryptedObject> {
		return (await this.getCredentials({ id: type, name: type }, type)).getData();
	}

	/** The id of a credential, another one in each store. */
	idOf(type: string): string {
		return `${type} ${this.number}`;
	}

	has(type: string): boolean {
		return this.stored.has(type);
	}

	override getParentTypes(name: string): string[] {
		const parents = this.typeOf(name).extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	override isCredentialUsableByNode(): boolean {
		return true;
	}

	override getCredentialsProperties(type: string): INodeProperties[] {
		const { extends: parents = [], properties } = this.typeOf(type);
		const combined: INodeProperties[] = [];
		for (const parent of parents) {
			NodeHelpers.mergeNodeProperties(combined, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(combined, properties);
		return combined;
	}

	override getCredentials({ name }: INodeCredentialsDetails, type: string): Promise<Credentials> {
		const credentials = this.stored.get(type);
		if (!credentials) {
			return Promise.reject(new Error(`Credential "${name}" of type "${type}" does not exist`));
		}
		return Promise.resolve(credentials);
	}

	override async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		details: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		executeData?: IExecuteData,
		raw?: boolean,
		scope?: ICredentialsExpressionResolveValues,
	): Promise<ICredentialDataDecryptedObject> {
		const typed = await (await this.getCredentials(details, type)).getData();
		if (raw) return typed;
		const properties = this.getCredentialsProperties(type);
		const complete: ICredentialDataDecryptedObject = {
			...NodeHelpers.getNodeParameters(properties, plainValues(typed), true, false, null, null),
			...('oauthTokenData' in typed ? { oauthTokenData: typed.oauthTokenData } : {}),
		};
		return scope ? resolveExpressions(complete, scope, mode, executeData) : complete;
	}

	override async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions | IRequestOptionsSimplified,
		workflow?: Workflow,
		node?: INode,
	): Promise<IHttpRequestOptions> {
		const options: IHttpRequestOptions = {
			...request,
			url: 'url' in request ? request.url : '',
		};
		const { authenticate } = this.typeOf(typeName);
		if (authenticate === undefined) return options;
		if (typeof authenticate === 'function') return authenticate(credentials, options);

		const resolve = (text: string): string => {
			if (!text.startsWith('=')) return text;
			if (!workflow || !node) throw new Error('An expression needs a workflow to be evaluated in');
			const keys = { $credentials: credentials };
			const value = workflow.expression.getSimpleParameterValue(node, text, 'internal', keys);
			return value?.toString() ?? '';
		};
		const { headers = {}, qs = {}, body, auth } = authenticate.properties;
		const resolved = (values: object) =>
			Object.fromEntries(
				Object.entries(values).map(([key, value]) => [resolve(key), resolve(String(value))]),
			);
		return {
			...options,
			headers: { ...options.headers, ...resolved(headers) },
			qs: { ...options.qs, ...resolved(qs) },
			...(body ? { body: resolved(body) } : {}),
			...(auth
				? { auth: { username: resolve(auth.username), password: resolve(auth.password) } }
				: {}),
		};
	}

	override async preAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		node: INode,
		credentialsExpired: boolean,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const expirable = this.typeOf(typeName).properties.find(
			({ type, typeOptions }) => type === 'hidden' && typeOptions?.expirable === true,
		);
		if (!expirable || !(credentials[expirable.name] === '' || credentialsExpired)) return undefined;

		const renewed = await this.runPreAuthentication(helpers, credentials, typeName);
		const details = node.credentials?.[typeName];
		if (renewed?.[expirable.name] === undefined || !details) return undefined;
		await this.updateCredentials(details, typeName, { ...(await this.read(typeName)), ...renewed });
		return Object.assign(credentials, renewed);
	}

	override async runPreAuthentication(
		helpers: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
	): Promise<ICredentialDataDecryptedObject | undefined> {
		const { preAuthentication } = this.typeOf(typeName);
		if (!preAuthentication) return undefined;
		return definedValues(await preAuthentication.call(helpers, credentials));
	}

	override async updateCredentials(
		details: INodeCredentialsDetails,
		type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		await (await this.getCredentials(details, type)).setData(data);
	}

	override async updateCredentialsOauthTokenData(
		details: INodeCredentialsDetails,
		type: string,
		{ oauthTokenData }: ICredentialDataDecryptedObject,
	): Promise<void> {
		await (await this.getCredentials(details, type)).updateData({ oauthTokenData });
	}

	private typeOf(name: string): ICredentialType {
		const type = this.types.get(name) ?? BASE_TYPES.get(name);
		if (!type) throw new Error(`Unknown credential type "${name}"`);
		return type;
	}
}

function resolveExpressions(
	data: ICredentialDataDecryptedObject,
	{
		workflow,
		node,
		runExecutionData,
		runIndex,
		itemIndex,
		connectionInputData,
	}: ICredentialsExpressionResolveValues,
	mode: WorkflowExecuteMode,
	executeData?: IExecuteData,
): ICredentialDataDecryptedObject {
	const evaluated: IDataObject = {};
	for (const [name, value] of Object.entries(data)) {
		if (typeof value !== 'string' || !value.startsWith('=')) continue;
		const result: unknown = workflow.expression.getParameterValue(
			value,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			{},
			executeData,
			false,
			data,
		);
		evaluated[name] = typeof result === 'number' ? result : String(result);
	}
	return { ...data, ...definedValues(evaluated) };
}

/** The values that n8n completes by defaults: everything but nested data such as an OAuth token. */
function plainValues(data: ICredentialDataDecryptedObject): INodeParameters {
	const values: INodeParameters = {};
	for (const [name, value] of Object.entries(data)) {
		if (typeof value !== 'object') values[name] = value;
	}
	return values;
}

function definedValues(data: IDataObject): ICredentialDataDecryptedObject {
	const values: ICredentialDataDecryptedObject = {};
	for (const [name, value] of Object.entries(data)) {
		if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
			values[name] = value;
		}
	}
	return values;
}
