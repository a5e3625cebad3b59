import { Global, Module } from '@nestjs/common';
import { PublicPlacesController } from './public-places.controller.js';
import { PublicPlacesService } from './public-places.service.js';

@Global()
@Module({ controllers: [PublicPlacesController], providers: [PublicPlacesService], exports: [PublicPlacesService] })
export class NeighbourhoodModule {}
