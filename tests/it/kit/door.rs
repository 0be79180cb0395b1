use erpsync_client::refusal;
use prost::Message;
use tonic::transport::{Channel, Endpoint};
use tonic::{Request, Status};
use tonic_prost::ProstCodec;

/// Any call with any bytes and any headers, below the generated clients.
pub struct Door(tonic::client::Grpc<Channel>);

impl Door {
    pub async fn open(address: &str) -> Door {
        let channel = Endpoint::from_shared(address.to_owned()).unwrap().connect().await.unwrap();
        Door(tonic::client::Grpc::new(channel))
    }

    pub async fn call<M>(&mut self, method: &str, request: Request<M>) -> Result<(), Status>
    where
        M: Message + Default + 'static,
    {
        self.0.ready().await.unwrap();
        let path = format!("/{method}").parse().unwrap();
        let codec = ProstCodec::<M, ()>::default();
        self.0.unary(request, path, codec).await.map(|_| ())
    }

    pub async fn say<M>(&mut self, method: &str, token: &str, message: M) -> Result<(), Status>
    where
        M: Message + Default + 'static,
    {
        self.call(method, signed(token, message)).await
    }
}

/// A request with a token.
pub fn signed<M>(token: &str, message: M) -> Request<M> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("authorization", format!("Bearer {token}").parse().unwrap());
    request
}

/// Why it was refused; every refusal says why.
pub fn reason(status: &Status) -> String {
    let told = refusal(status).unwrap_or_else(|| panic!("no reason in {status:?}"));
    told.reason
}
