import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CircleController } from './circle.controller.js';
import { CircleMemberEntity } from './circle-member.entity.js';
import { CircleService } from './circle.service.js';
import { ContactErasureService } from './contact-erasure.service.js';
import { InvitationsService } from './invitations.service.js';
import { MembersService } from './members.service.js';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([CircleMemberEntity])],
  controllers: [CircleController],
  providers: [CircleService, MembersService, InvitationsService, ContactErasureService],
  exports: [CircleService, MembersService, InvitationsService, ContactErasureService],
})
export class CircleModule {}
