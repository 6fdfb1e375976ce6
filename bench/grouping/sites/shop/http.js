export class HttpError extends Error {
  constructor(status, path) {
    super(`Request failed with status ${status}`);
    this.name = 'HttpError';
    this.status = status;
    this.path = path;
  }
}

export async function request(method, path, body_) {
  const answer_ = await fetch(path, { method, body: body_ && JSON.stringify(body_) });
  if (!answer_.ok) {
    throw new HttpError(answer_.status, path);
  }
  return answer_.json();
}

export function invariant(condition_, text_) {
  if (!condition_) {
    throw new Error('Invariant failed: ' + text_);
  }
}
