use time::OffsetDateTime;
use tonic::{Request, Response, Status};

use super::REQUEST_BYTES_MAX;
use crate::access::{SystemKind, caller};
use crate::admin::{scope, system_kind, world_of};
use crate::door::{HEADERS_BYTES_MAX, HEADERS_MAX, STREAMS_MAX};
use crate::error::Refusal;
use crate::incarnation::Incarnation;
use crate::page;
use crate::postgres::Reads;
use crate::proto::{self, server_info_service_server::ServerInfoService};
use crate::reservations::LIFETIME_SECONDS_MAX;
use crate::wire::timestamp;

/// Where facts are told.
pub struct InfoDesk {
    pub reads: Reads,
    pub incarnation: Incarnation,
    pub calls_per_second: u32,
}

#[tonic::async_trait]
impl ServerInfoService for InfoDesk {
    async fn get_server_info(
        &self,
        request: Request<proto::GetServerInfoRequest>,
    ) -> Result<Response<proto::GetServerInfoResponse>, Status> {
        let caller = caller(&request)?;
        let world = world_of(&self.reads, caller.environment).await.map_err(Refusal::of_read)?;
        let names = world.map(|it| (it.key.tenant.to_string(), it.key.name.to_string()));
        let (tenant, environment) = names.unwrap_or_default();
        let is_operator = caller.kind == SystemKind::Operator;
        let seconds = |seconds| Some(prost_types::Duration { seconds, nanos: 0 });
        Ok(Response::new(proto::GetServerInfoResponse {
            version: env!("CARGO_PKG_VERSION").into(),
            server_time: Some(timestamp(OffsetDateTime::now_utc())),
            tenant,
            environment,
            system: if is_operator { String::new() } else { caller.system.to_string() },
            incarnation: self.incarnation.number(),
            limits: Some(proto::Limits {
                request_bytes_max: REQUEST_BYTES_MAX as i64,
                batch_rows_max: 1_000,
                order_lines_max: 2_000,
                page_size_max: page::SIZE_MAX,
                deadline_default: seconds(10),
                deadline_max: seconds(30),
                reservation_lifetime_max: seconds(LIFETIME_SECONDS_MAX as i64),
                headers_max: HEADERS_MAX as i32,
                headers_bytes_max: HEADERS_BYTES_MAX as i32,
                streams_per_connection_max: STREAMS_MAX as i32,
                calls_per_second_max: i32::try_from(self.calls_per_second).unwrap_or(i32::MAX),
            }),
            kind: system_kind(caller.kind).into(),
            scope: scope(&caller.scope),
        }))
    }
}
