// The endpoints of the API's port: all but those that agents call.
import { type Access, type Endpoint, endpoints } from '@yagura/contracts';

const ofAgents: readonly Access[] = ['agent', 'registration', 'cluster'];

export const apiEndpoints: readonly Endpoint[] = endpoints.filter(({ access }) => !ofAgents.includes(access));
