// What other rooms may use of the AWS connector.
export {
  type EksDelivery,
  type EksSkipReason,
  normaliseEksMessage,
  readEksDelivery,
} from './audit-record.ts';
