import { Module } from '@nestjs/common';

/** What people may ask of whoever keeps something about them: to see it, to have it put right, to have it erased; and how long it is kept. */
@Module({})
export class PrivacyModule {}
