/** Tells the server by a cookie where the browser is, so that it can write both times where they differ. */
export function setZoneCookie(): void {
  document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone};path=/;max-age=31536000;samesite=lax`;
}
