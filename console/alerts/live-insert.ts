// Puts an alert that was just raised or counted up into the pages that a list has loaded.
import type { InfiniteData } from '@tanstack/react-query';
import type { AlertPage, AlertSummary } from '@yagura/contracts';

export type AlertPages = InfiniteData<AlertPage, string>;

/** Latest first, each alert once. An alert that no longer matches leaves the list. */
export function insertAlert(data: AlertPages, alert: AlertSummary, matches: boolean): AlertPages {
  const isListed = data.pages.some((page) => page.items.some((item) => item.id === alert.id));
  if (!isListed && !matches) return data;
  const pages = data.pages.map((page, index) => {
    const others = page.items.filter((item) => item.id !== alert.id);
    return { ...page, items: index === 0 && matches ? [alert, ...others] : others };
  });
  return { ...data, pages };
}

/** All loaded alerts, each once: one that was counted up between two pages is on both. */
export function loadedAlerts(data: AlertPages | undefined): readonly AlertSummary[] {
  const byId = new Map<string, AlertSummary>();
  for (const item of data?.pages.flatMap((page) => page.items) ?? []) {
    if (!byId.has(item.id)) byId.set(item.id, item);
  }
  return [...byId.values()];
}
