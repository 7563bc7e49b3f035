/** Dark or light: as the system says, unless chosen here. */

type Choice = 'light' | 'dark';

class Theme {
  #chosen: Choice | null = $state(stored());
  #isSystemDark = $state(matchMedia('(prefers-color-scheme: dark)').matches);

  constructor() {
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
      this.#isSystemDark = event.matches;
      this.apply();
    });
  }

  /** What is shown. */
  get now(): Choice {
    return this.#chosen ?? (this.#isSystemDark ? 'dark' : 'light');
  }

  /** Put it on the page; styles hang on `data-theme`. */
  apply(): void {
    document.documentElement.dataset['theme'] = this.now;
  }

  switch(): void {
    this.#chosen = this.now === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('sides-theme', this.#chosen); } catch { /* Private windows keep nothing: it lasts for the visit. */ }
    this.apply();
  }
}

function stored(): Choice | null {
  try {
    const found = localStorage.getItem('sides-theme');
    return found === 'dark' || found === 'light' ? found : null;
  } catch {
    return null;
  }
}

export const theme = new Theme();
