/** Sends the zone of the browser to the server in a cookie, so that it can write both times where they differ. */
export function setZoneCookie(): void {
  document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone};path=/;max-age=31536000;samesite=lax`;
}
