// What other rooms may use of the Azure connector.
export { aksLog } from './aks-log.ts';
