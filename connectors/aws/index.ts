// What other rooms may use of the AWS connector.
export { normaliseEksMessage } from './audit-record.ts';
export { eksLog } from './eks-log.ts';
export { type EksDelivery, type EksSkipReason, readEksDelivery } from './read-delivery.ts';
