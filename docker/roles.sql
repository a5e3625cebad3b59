-- Once per server, as a superuser and with a password of your own: the owner makes tables and the two other roles, and is no
-- superuser itself, so that row-level security holds for it too.
create role netwerkberaad_owner login createrole password 'trying-out';
create database netwerkberaad owner netwerkberaad_owner;
