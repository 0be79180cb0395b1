use sqlx::PgPool;
use tonic::{Request, Response, Status};

use super::store::{self, standing};
use super::{System, Tenant, Token, World, wire};
use crate::access::{Secret, caller};
use crate::books::{Once, Said};
use crate::error::{Refusal, Result};
use crate::id::{Environment, Ids, RequestId, TokenId};
use crate::incarnation::Incarnation;
use crate::lanes::{Lanes, Receipt};
use crate::proto::{self, admin_service_server::AdminService};
use crate::wire::{request_name, response};

/// Where operators are served.
pub struct AdminDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub reads: PgPool,
    /// For new ids.
    pub ids: Ids,
    /// Which life of the database this is.
    pub incarnation: Incarnation,
}

type Answer<T> = Result<Response<T>, Status>;

impl AdminDesk {
    async fn run<T, C: Said>(
        &self,
        request: &Request<T>,
        on: Environment,
        (id, command): (RequestId, C),
    ) -> Result<Receipt<C::Answer>> {
        // Operators share one memory of what was said, in each environment that they say it to.
        let name = request_name(&caller(request)?.system, &id);
        self.lanes.of(on).run(Once::new(name, 0, command)?).await
    }
}

#[tonic::async_trait]
impl AdminService for AdminDesk {
    async fn create_tenant(
        &self,
        request: Request<proto::CreateTenantRequest>,
    ) -> Answer<proto::CreateTenantResponse> {
        let named = wire::create_tenant(request.get_ref().clone())?;
        let name = named.1.name.clone();
        let receipt = self.run(&request, Environment::OPERATORS, named).await?;
        let tenant = wire::tenant(&Tenant { name, created_at: wire::created(receipt.answer)? });
        response(&receipt, proto::CreateTenantResponse { tenant: Some(tenant) })
    }

    async fn list_tenants(
        &self,
        _: Request<proto::ListTenantsRequest>,
    ) -> Answer<proto::ListTenantsResponse> {
        let all = standing(&self.reads).await.map_err(Refusal::of_read)?;
        let tenants = all.tenants.iter().map(wire::tenant).collect();
        Ok(Response::new(proto::ListTenantsResponse { tenants }))
    }

    async fn create_environment(
        &self,
        request: Request<proto::CreateEnvironmentRequest>,
    ) -> Answer<proto::CreateEnvironmentResponse> {
        let number = store::next_environment(&self.reads).await.map_err(Refusal::of_read)?;
        let named = wire::create_environment(request.get_ref().clone(), number)?;
        let key = super::WorldKey { tenant: named.1.tenant.clone(), name: named.1.name.clone() };
        let receipt = self.run(&request, Environment::OPERATORS, named).await?;
        let created_at = wire::created(receipt.answer)?;
        let environment = Some(wire::environment(&World { key, number, created_at }));
        response(&receipt, proto::CreateEnvironmentResponse { environment })
    }

    async fn update_environment(
        &self,
        request: Request<proto::UpdateEnvironmentRequest>,
    ) -> Answer<proto::UpdateEnvironmentResponse> {
        let (tenant, name, named) = wire::update_environment(request.get_ref().clone())?;
        let all = standing(&self.reads).await.map_err(Refusal::of_read)?;
        let key = super::WorldKey { tenant, name };
        let world = all.worlds.iter().find(|it| it.key == key);
        let number = world.ok_or_else(|| Refusal::not_found("environment", key))?.number;
        let receipt = self.run(&request, number, named).await?;
        let revision = receipt.revision;
        response(&receipt, proto::UpdateEnvironmentResponse { revision })
    }

    async fn list_environments(
        &self,
        _: Request<proto::ListEnvironmentsRequest>,
    ) -> Answer<proto::ListEnvironmentsResponse> {
        let all = standing(&self.reads).await.map_err(Refusal::of_read)?;
        let environments = all.worlds.iter().map(wire::environment).collect();
        Ok(Response::new(proto::ListEnvironmentsResponse { environments }))
    }

    async fn create_system(
        &self,
        request: Request<proto::CreateSystemRequest>,
    ) -> Answer<proto::CreateSystemResponse> {
        let named = wire::create_system(request.get_ref().clone())?;
        let command = named.1.clone();
        let receipt = self.run(&request, Environment::OPERATORS, named).await?;
        let created_at = wire::created(receipt.answer)?;
        let super::CreateSystem { tenant, environment, name, kind } = command;
        let number = Environment::OPERATORS;
        let of = World { key: super::WorldKey { tenant, name: environment }, number, created_at };
        let key = super::SystemKey { number, name };
        let system = Some(wire::system(&System { key, kind, created_at }, &of));
        response(&receipt, proto::CreateSystemResponse { system })
    }

    async fn list_systems(
        &self,
        _: Request<proto::ListSystemsRequest>,
    ) -> Answer<proto::ListSystemsResponse> {
        let all = standing(&self.reads).await.map_err(Refusal::of_read)?;
        let of = |it: &&System| all.worlds.iter().find(|world| world.number == it.key.number);
        let systems = all.systems.iter().filter_map(|it| Some(wire::system(it, of(&it)?)));
        Ok(Response::new(proto::ListSystemsResponse { systems: systems.collect() }))
    }

    async fn create_token(
        &self,
        request: Request<proto::CreateTokenRequest>,
    ) -> Answer<proto::CreateTokenResponse> {
        let secret = Secret::random().map_err(Refusal::internal)?;
        let id = TokenId(self.ids.next_number());
        let digest = secret.digest().as_bytes().to_vec();
        let named = wire::create_token(request.get_ref().clone(), id, digest)?;
        let receipt = self.run(&request, Environment::OPERATORS, named).await?;
        let id = receipt.answer.0;
        let secret = if receipt.replayed { String::new() } else { secret.token(id) };
        let token = Some(self.token(id).await?);
        response(&receipt, proto::CreateTokenResponse { token, secret })
    }

    async fn list_tokens(
        &self,
        _: Request<proto::ListTokensRequest>,
    ) -> Answer<proto::ListTokensResponse> {
        let all = standing(&self.reads).await.map_err(Refusal::of_read)?;
        let of = |it: &Token| all.worlds.iter().find(|world| world.number == it.number);
        let tokens = all.tokens.iter().map(|it| wire::token(it, of(it))).collect();
        Ok(Response::new(proto::ListTokensResponse { tokens }))
    }

    async fn revoke_token(
        &self,
        request: Request<proto::RevokeTokenRequest>,
    ) -> Answer<proto::RevokeTokenResponse> {
        let named = wire::revoke_token(request.get_ref().clone())?;
        let id = named.1.id;
        let receipt = self.run(&request, Environment::OPERATORS, named).await?;
        let token = Some(self.token(id).await?);
        response(&receipt, proto::RevokeTokenResponse { token })
    }

    async fn declare_restore(
        &self,
        _: Request<proto::DeclareRestoreRequest>,
    ) -> Answer<proto::DeclareRestoreResponse> {
        let incarnation = self.incarnation.declare().await?;
        Ok(Response::new(proto::DeclareRestoreResponse { incarnation }))
    }
}

impl AdminDesk {
    async fn token(&self, id: TokenId) -> Result<proto::TokenInfo> {
        let all = standing(&self.reads).await.map_err(Refusal::of_read)?;
        let token = all.tokens.iter().find(|it| it.id == id);
        let token = token.ok_or_else(|| Refusal::not_found("token", id))?;
        let of = all.worlds.iter().find(|it| it.number == token.number);
        Ok(wire::token(token, of))
    }
}
