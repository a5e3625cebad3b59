import { leftIn } from '../nl/marks.js';
import type { ChairAskedWords, PrivateTimeOpenWords } from '../nl/table-messages.js';

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

export const chairAsked: ChairAskedWords = {
  subject: 'Görüşmeyi yönetmek ister misin?',
  say: (who, when) => [
    who ? `Görüşmeyi yönetmeni isteyen kişi: ${who}. Zaman: ${when}.` : `Görüşmeyi yönetmek ister misin? Zaman: ${when}.`,
    'Sayfanda ne söyleyebileceğin adım adım yazıyor. Önceden deneyebilirsin.',
    'İstemez misin? O da olur. Bize haber ver, başka biri yapar.',
  ],
  button: 'Nasıl olduğunu gör',
  sms: (when) => `Görüşmeyi yönetmek ister misin (${when})? Nasıl yapılacağı sayfanda adım adım yazıyor. İstemezsen o da olur, haber ver.`,
};
