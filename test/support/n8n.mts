/**
 * The one copy of n8n that the engine harness uses. n8n-core loads n8n-workflow as CommonJS; an ES module that imports
 * n8n-workflow by name would get a second copy whose classes and settings are strangers to the engine.
 */
import './n8nEnvironment.mts';

/** For what is not in every version of the engine. */
export * as core from 'n8n-core';
export {
	CredentialTestContext,
	Credentials,
	DataDeduplicationService,
	ExecutionLifecycleHooks,
	ExternalSecretsProxy,
	InstanceSettings,
	PackageDirectoryLoader,
	WorkflowExecute,
} from 'n8n-core';
export {
	BINARY_ENCODING,
	Expression,
	ICredentialsHelper,
	LoggerProxy,
	NodeApiError,
	NodeHelpers,
	NodeOperationError,
	Workflow,
} from 'n8n-workflow/dist/cjs/index.js';
