/**
 * The eSputnik API in numbers and names, each with its source. Nothing else in the node repeats one of them.
 *
 * Sources: the guide "How to Send Past Events" (esputnik.com/en/support/how-send-past-events), the reference
 * pages of docs.yespo.io (rate limits, API keys, validating event parameters) and the vendor's OpenAPI description of 2025-06.
 */

/** The versions of the API that the node offers: a parameter's value is text in `v1`, text or JSON in `v2` (guide, OpenAPI description). */
export type ApiVersion = 'v1' | 'v2';

/** Guide: "up to 500 events" in one request. */
export const MAX_EVENTS_PER_REQUEST = 500;

/** OpenAPI description: contacts in one import. */
export const MAX_CONTACTS_PER_REQUEST = 3_000;

/** Reference page of contacts: first and last name, in characters; another page says 60. */
export const MAX_CONTACT_NAME_LENGTH = 40;

/** Reference page of contacts: values of additional fields of the types TEXTFIELD and TEXTAREA, in characters. */
export const MAX_TEXTFIELD_LENGTH = 1_000;
export const MAX_TEXTAREA_LENGTH = 5_000;

/** OpenAPI description: segments in one answer. */
export const MAX_GROUPS_PER_PAGE = 500;

/** OpenAPI description: `eventTypeKey`, in characters. */
export const MAX_EVENT_TYPE_KEY_LENGTH = 100;

/** OpenAPI description: `keyValue`, in characters. */
export const MAX_KEY_VALUE_LENGTH = 300;

/** OpenAPI description: the `name` of a parameter, in characters. */
export const MAX_PARAM_NAME_LENGTH = 100;

/** OpenAPI description: neither `eventTypeKey` nor `keyValue` may contain one of these. */
export const FORBIDDEN_CHARACTERS = '<;’\\/|"`\'^?!,>';

/** Rate limits page: requests per second to POST past_events, each version. */
export const SEND_REQUESTS_PER_SECOND = 100;

/** Rate limits page: requests per second to POST event, each version. */
export const LIVE_EVENTS_PER_SECOND = 350;

/** Reference page "Events": 20 kB for one live event. Whether 20,000 or 20,480 bytes is not said; an event beyond may be dropped without a word. */
export const MAX_LIVE_EVENT_BYTES = 20_000;

/** Rate limits page: requests per second to DELETE past_events. */
export const DELETE_REQUESTS_PER_SECOND = 5;

/** Getting started page: the API of eSputnik accounts. */
export const DEFAULT_BASE_URL = 'https://esputnik.com/api';

/** Getting started page: the API of Yespo accounts. */
export const YESPO_BASE_URL = 'https://api.yespo.io/api';

/** OAuth 2.0 page: `/oauth/authorize` and `/oauth/token` stand below it. */
export const OAUTH_SERVER_URL = 'https://uaa.yespo.io/uaa';

/** API keys page: a key unused for this many days is switched off. */
export const API_KEY_IDLE_DAYS = 90;

/** Guide: the `status` of one event in the answer to past_events. */
export const ACCEPTED = 'ACCEPTED';

/** Guide: eSputnik's refusals of a single event. A status that is neither here nor ACCEPTED is unknown to the contract. */
export const EVENT_REFUSALS = [
	'OCCURRED_DATE_IS_REQUIRED',
	'INCORRECT_OCCURRED_DATE_FORMAT',
	'OCCURRED_TIME_TOO_DEPTH',
	'OCCURRED_TIME_IN_FUTURE',
	'EVENT_SEGMENTATION_DISABLED',
] as const;

/** Guide: eSputnik could not queue the event; it alone is sent again. */
export const SERVER_ERROR = 'SERVER_ERROR';

/** Where deletion is switched on for an account (guide: inactive by default). */
export const SUPPORT_EMAIL = 'support@esputnik.com';

/** OpenAPI description: parameter names by which an event finds its contact, compared without regard to case. */
export const CONTACT_IDENTIFIERS = [
	'contactId',
	'contact_id',
	'externalCustomerId',
	'email',
	'emailAddress',
	'userEmail',
	'contactEmail',
	'phone',
	'sms',
	'phoneNumber',
	'pushToken',
	'contactKey',
	'contact_key',
] as const;

/** An event type that the vendor predefines, with the parameters its documentation requires. */
export interface PredefinedEventType {
	readonly key: string;
	readonly label: string;
	readonly requiredParams: readonly string[];
}

/** Reference page "Event types": the types that every account has. */
export const PREDEFINED_EVENT_TYPES: readonly PredefinedEventType[] = [
	{ key: 'cartUpdated', label: 'Cart Updated', requiredParams: ['products', 'recycleStateId'] },
	{ key: 'orderCancelled', label: 'Order Cancelled', requiredParams: ['externalOrderId'] },
	{
		key: 'orderCreated',
		label: 'Order Created',
		requiredParams: ['externalOrderId', 'totalCost', 'status', 'date'],
	},
	{ key: 'orderDelivered', label: 'Order Delivered', requiredParams: ['externalOrderId'] },
	{ key: 'orderUpdated', label: 'Order Updated', requiredParams: ['externalOrderId'] },
	{ key: 'pageViewed', label: 'Page Viewed', requiredParams: ['page'] },
	{
		key: 'productAddedToWishlist',
		label: 'Product Added to Wishlist',
		requiredParams: ['product'],
	},
	{
		key: 'productCategoryViewed',
		label: 'Product Category Viewed',
		requiredParams: ['category'],
	},
	{
		key: 'productImpressions',
		label: 'Product Impressions',
		requiredParams: ['recomVariantId', 'products'],
	},
	{ key: 'productViewed', label: 'Product Viewed', requiredParams: ['product'] },
	{ key: 'searchRequest', label: 'Search Request', requiredParams: ['search'] },
];

/** Reference page "Orders": the only order status that counts as revenue. */
export const REVENUE_STATUS = 'DELIVERED';
