import { useDesk } from '../desk-context.ts';

/** A time as it is read aloud: `1 minute 4,25 secondes`. */
export function useSpoken(): (seconds: number) => string {
  const { say, language } = useDesk();
  return (seconds) => {
    const hundredths = Math.max(0, Math.round(seconds * 100));
    const minutes = Math.floor(hundredths / 6000);
    const rest = String((hundredths % 6000) / 100);
    const s = language === 'en' ? rest : rest.replace('.', ',');
    return minutes === 0 ? say('spokenSeconds', { s }) : say('spokenMinutes', { m: minutes, s });
  };
}
