import { leftIn } from '../nl/marks.js';
import type { PrivateTimeOpenWords } from '../nl/plan-messages.js';

export const left = leftIn({
  stays: 'Henüz yapacağın şeyler sende kalıyor. Artık bunları sormayacağız.',
  released: 'Yapacağın bir şeye artık gerek kalmadı.',
});

export const privateTimeOpen: PrivateTimeOpenWords = {
  subject: 'Kendi aranızdaki konuşma bitti mi?',
  say: [
    'Kendinize ayırdığınız zaman hâlâ açık.',
    'Bitti mi? Öyleyse sayfanda birlikte kapatın. Bitmedi mi? O zaman bir şey yapmanız gerekmez.',
  ],
  button: 'Zamanı kapat',
  sms: 'Kendinize ayırdığınız zaman hâlâ açık. Bitti mi? Sayfanda kapatabilirsin.',
};
