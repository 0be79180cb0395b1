use tonic::{Request, Response, Status};

use super::wire::{self, created};
use super::{CreateSystem, Settings, System, SystemKey, Tenant, World, WorldKey, store};
use crate::access::{Access, Secret, caller};
use crate::books::{KEY_JOINT, Once, Said};
use crate::error::{Faults, Refusal, Result};
use crate::id::{Environment, Ids, RequestId, TokenId};
use crate::incarnation::{Begun, Incarnation};
use crate::lanes::{Lanes, Receipt};
use crate::page::Page;
use crate::postgres::Reads;
use crate::proto::{self, admin_service_server::AdminService};
use crate::wire::{request_id, request_name, response};

/// Where operators are served.
pub struct AdminDesk {
    /// For writes.
    pub lanes: Lanes,
    /// For reads.
    pub reads: Reads,
    /// For new ids.
    pub ids: Ids,
    /// Told which tokens were revoked.
    pub access: Access,
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
        let tenant = Some(wire::tenant(&Tenant { name, created_at: created(receipt.answer)? }));
        let revision = receipt.revision;
        response(&receipt, proto::CreateTenantResponse { tenant, revision })
    }

    async fn list_tenants(
        &self,
        request: Request<proto::ListTenantsRequest>,
    ) -> Answer<proto::ListTenantsResponse> {
        let proto::ListTenantsRequest { page_size, page_token } = request.into_inner();
        let page = Page::asked(page_size, &page_token, &"tenants")?;
        let after = page.after.as_deref().unwrap_or_default();
        let tenants = store::tenants(&self.reads, after, page.limit()).await;
        let mut tenants = tenants.map_err(Refusal::of_read)?;
        let next_page_token = page.cut(&mut tenants, |it| it.name.to_string());
        let tenants = tenants.iter().map(wire::tenant).collect();
        Ok(Response::new(proto::ListTenantsResponse { tenants, next_page_token }))
    }

    async fn create_environment(
        &self,
        request: Request<proto::CreateEnvironmentRequest>,
    ) -> Answer<proto::CreateEnvironmentResponse> {
        let number = store::next_environment(&self.reads).await.map_err(Refusal::of_read)?;
        let named = wire::create_environment(request.get_ref().clone(), number)?;
        let key = WorldKey { tenant: named.1.tenant.clone(), name: named.1.name.clone() };
        let receipt = self.run(&request, Environment::OPERATORS, named).await?;
        let world = World { key, number, created_at: created(receipt.answer)? };
        let environment = Some(wire::environment(&world, &Settings::default()));
        let revision = receipt.revision;
        response(&receipt, proto::CreateEnvironmentResponse { environment, revision })
    }

    async fn update_environment(
        &self,
        request: Request<proto::UpdateEnvironmentRequest>,
    ) -> Answer<proto::UpdateEnvironmentResponse> {
        let (tenant, name, named) = wire::update_environment(request.get_ref().clone())?;
        let key = WorldKey { tenant, name };
        let world = store::find_world(&self.reads, &key).await.map_err(Refusal::of_read)?;
        let number = world.ok_or_else(|| Refusal::not_found("environment", key))?.number;
        let receipt = self.run(&request, number, named).await?;
        let revision = receipt.revision;
        response(&receipt, proto::UpdateEnvironmentResponse { revision })
    }

    async fn list_environments(
        &self,
        request: Request<proto::ListEnvironmentsRequest>,
    ) -> Answer<proto::ListEnvironmentsResponse> {
        let proto::ListEnvironmentsRequest { tenant, page_size, page_token } = request.into_inner();
        let mut faults = Faults::default();
        let of = wire::only(&mut faults, "tenant", tenant);
        faults.check()?;
        let page = Page::asked(page_size, &page_token, &("environments", &of))?;
        let [tenant, name] = parts(&page);
        let worlds = store::worlds(&self.reads, &of, (tenant, name), page.limit()).await;
        let mut worlds = worlds.map_err(Refusal::of_read)?;
        let joined = |(it, _): &(World, Settings)| join(&[&it.key.tenant, &it.key.name]);
        let next_page_token = page.cut(&mut worlds, joined);
        let environments = worlds.iter().map(|(it, settings)| wire::environment(it, settings));
        let environments = environments.collect();
        Ok(Response::new(proto::ListEnvironmentsResponse { environments, next_page_token }))
    }

    async fn create_system(
        &self,
        request: Request<proto::CreateSystemRequest>,
    ) -> Answer<proto::CreateSystemResponse> {
        let named = wire::create_system(request.get_ref().clone())?;
        let command = named.1.clone();
        let receipt = self.run(&request, Environment::OPERATORS, named).await?;
        let CreateSystem { tenant, environment, name, kind } = command;
        let key = SystemKey { number: Environment::OPERATORS, name };
        let system = System { key, kind, created_at: created(receipt.answer)? };
        let system = Some(wire::system(&system, &WorldKey { tenant, name: environment }));
        let revision = receipt.revision;
        response(&receipt, proto::CreateSystemResponse { system, revision })
    }

    async fn list_systems(
        &self,
        request: Request<proto::ListSystemsRequest>,
    ) -> Answer<proto::ListSystemsResponse> {
        let proto::ListSystemsRequest { tenant, environment, page_size, page_token } =
            request.into_inner();
        let mut faults = Faults::default();
        let tenant = wire::only(&mut faults, "tenant", tenant);
        let environment = wire::only(&mut faults, "environment", environment);
        faults.check()?;
        let of = (tenant.as_str(), environment.as_str());
        let page = Page::asked(page_size, &page_token, &("systems", of))?;
        let [after_tenant, after_environment, after] = parts(&page);
        let after = (after_tenant, after_environment, after);
        let systems = store::systems(&self.reads, of, after, page.limit()).await;
        let mut systems = systems.map_err(Refusal::of_read)?;
        let joined = |(it, of): &(System, WorldKey)| join(&[&of.tenant, &of.name, &it.key.name]);
        let next_page_token = page.cut(&mut systems, joined);
        let systems = systems.iter().map(|(it, of)| wire::system(it, of)).collect();
        Ok(Response::new(proto::ListSystemsResponse { systems, next_page_token }))
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
        let revision = receipt.revision;
        response(&receipt, proto::CreateTokenResponse { token, secret, revision })
    }

    async fn list_tokens(
        &self,
        request: Request<proto::ListTokensRequest>,
    ) -> Answer<proto::ListTokensResponse> {
        let proto::ListTokensRequest { tenant, environment, page_size, page_token } =
            request.into_inner();
        let mut faults = Faults::default();
        let tenant = wire::only(&mut faults, "tenant", tenant);
        let environment = wire::only(&mut faults, "environment", environment);
        faults.check()?;
        let of = (tenant.as_str(), environment.as_str());
        let page = Page::asked(page_size, &page_token, &("tokens", of))?;
        let after = page.after.as_deref().and_then(|it| TokenId::parse(it).ok());
        let tokens = store::tokens(&self.reads, of, after.unwrap_or_default(), page.limit()).await;
        let mut tokens = tokens.map_err(Refusal::of_read)?;
        let next_page_token = page.cut(&mut tokens, |(it, _)| it.id.to_string());
        let tokens = tokens.iter().map(wire::token).collect();
        Ok(Response::new(proto::ListTokensResponse { tokens, next_page_token }))
    }

    async fn rotate_token(
        &self,
        request: Request<proto::RotateTokenRequest>,
    ) -> Answer<proto::RotateTokenResponse> {
        let secret = Secret::random().map_err(Refusal::internal)?;
        let digest = secret.digest().as_bytes().to_vec();
        let named = wire::rotate_token(request.get_ref().clone(), digest)?;
        let receipt = self.run(&request, Environment::OPERATORS, named).await?;
        let id = receipt.answer.0;
        // Other servers find out within seconds.
        self.access.forget(id).await;
        let secret = if receipt.replayed { String::new() } else { secret.token(id) };
        let token = Some(self.token(id).await?);
        let revision = receipt.revision;
        response(&receipt, proto::RotateTokenResponse { token, secret, revision })
    }

    async fn revoke_token(
        &self,
        request: Request<proto::RevokeTokenRequest>,
    ) -> Answer<proto::RevokeTokenResponse> {
        let named = wire::revoke_token(request.get_ref().clone())?;
        let id = named.1.id;
        let receipt = self.run(&request, Environment::OPERATORS, named).await?;
        // Other servers find out within seconds.
        self.access.forget(id).await;
        let token = Some(self.token(id).await?);
        let revision = receipt.revision;
        response(&receipt, proto::RevokeTokenResponse { token, revision })
    }

    async fn declare_restore(
        &self,
        request: Request<proto::DeclareRestoreRequest>,
    ) -> Answer<proto::DeclareRestoreResponse> {
        let id = request_id(&request.get_ref().request_id)?;
        let begun = self.incarnation.declare(&id).await?;
        let Begun { number: incarnation, revision, replayed } = begun;
        let receipt = Receipt { answer: (), revision, replayed };
        response(&receipt, proto::DeclareRestoreResponse { incarnation, revision })
    }
}

impl AdminDesk {
    async fn token(&self, id: TokenId) -> Result<proto::TokenInfo> {
        let token = store::find_token(&self.reads, id).await.map_err(Refusal::of_read)?;
        token.as_ref().map(wire::token).ok_or_else(|| Refusal::not_found("token", id))
    }
}

/// Where a page begins, taken apart again; empty texts stand before all names.
fn parts<const N: usize>(page: &Page) -> [&str; N] {
    let mut parts = page.after.as_deref().unwrap_or_default().split(KEY_JOINT);
    std::array::from_fn(|_| parts.next().unwrap_or_default())
}

fn join(parts: &[&dyn std::fmt::Display]) -> String {
    let parts: Vec<_> = parts.iter().map(|it| it.to_string()).collect();
    parts.join(&KEY_JOINT.to_string())
}
