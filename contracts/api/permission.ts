// Who may do what: permissions, and the roles that hold them.

export const permissions = [
  'alerts:read',
  'alerts:write',
  'suppressions:read',
  'suppressions:write',
  'exports:read',
  'exports:write',
  'rules:read',
  'rules:write',
  'fleet:read',
  'fleet:write',
  'clusters:read',
  'clusters:write',
  'tokens:write',
  'trail:read',
] as const;
export type Permission = (typeof permissions)[number];

const viewer = [
  'alerts:read',
  'suppressions:read',
  'rules:read',
  'fleet:read',
] as const satisfies readonly Permission[];
const analyst = [
  ...viewer,
  'alerts:write',
  'suppressions:write',
  'exports:read',
  'clusters:read',
  'trail:read',
] as const satisfies readonly Permission[];
/** Whoever writes rules decides what is seen: a pipeline that pushes them needs no more than this. */
const author = [...analyst, 'rules:write'] as const satisfies readonly Permission[];

/** Each role holds all that the one before it holds. */
export const roles = {
  viewer,
  analyst,
  author,
  administrator: permissions,
} as const satisfies Record<string, readonly Permission[]>;
export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as readonly Role[];

export const hasPermission = (role: Role, permission: Permission): boolean =>
  (roles[role] as readonly Permission[]).includes(permission);
