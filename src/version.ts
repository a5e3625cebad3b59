/** The version of the HTTP contract (semver), in every answer's `API-Version`. */
export const API_VERSION = '1.0.0';
