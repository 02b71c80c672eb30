//! The keys of devices, and the messages from device to device.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::http::{Answer, Request};

/// The keys of every account.
#[derive(Default)]
pub(crate) struct Keys {
    devices: BTreeMap<String, BTreeMap<String, Device>>,
    /// Master key, and the keys that sign devices and other people.
    identities: BTreeMap<String, Map<String, Value>>,
    backup: Option<Value>,
    /// The accounts whose devices anybody has asked for.
    asked_for: BTreeSet<String>,
    sent: Vec<(String, String, Value)>,
    changed: Vec<String>,
}

#[derive(Default)]
struct Device {
    keys: Value,
    one_time: Map<String, Value>,
    fallback: Map<String, Value>,
}

impl Keys {
    pub(crate) fn one_time_left(&self, user: &str, device: &str) -> usize {
        self.devices.get(user).and_then(|own| own.get(device)).map_or(0, |device| device.one_time.len())
    }

    /// The messages to devices since the last time: the account, the device, the content.
    pub(crate) fn take_sent(&mut self) -> Vec<(String, String, Value)> {
        std::mem::take(&mut self.sent)
    }

    /// The accounts whose devices changed since the last call.
    pub(crate) fn take_changed(&mut self) -> Vec<String> {
        std::mem::take(&mut self.changed)
    }

    pub(crate) fn answer(&mut self, user: &str, device: &str, request: &Request, path: &[&str]) -> Option<Answer> {
        let body = &request.body;
        let answer = match (request.method.as_str(), path) {
            ("POST", ["keys", "upload"]) => {
                self.upload(user, device, body);
                json!({ "one_time_key_counts": { "signed_curve25519": self.one_time_left(user, device) } })
            }
            ("POST", ["keys", "device_signing", "upload"]) => {
                let keys = body.as_object()?.clone();
                self.identities.insert(user.to_owned(), keys);
                self.changed.push(user.to_owned());
                json!({})
            }
            ("POST", ["keys", "signatures", "upload"]) => {
                self.sign(body);
                json!({ "failures": {} })
            }
            ("POST", ["keys", "query"]) => self.query(body),
            ("POST", ["keys", "claim"]) => self.claim(body),
            ("PUT", ["sendToDevice", kind, _]) => {
                for (to, messages) in body["messages"].as_object()? {
                    for (to_device, content) in messages.as_object()? {
                        let event = json!({ "type": kind, "sender": user, "content": content });
                        self.sent.push((to.clone(), to_device.clone(), event));
                    }
                }
                json!({})
            }
            ("POST", ["room_keys", "version"]) => {
                let mut made = body.clone();
                made["version"] = json!("1");
                made["count"] = json!(0);
                made["etag"] = json!("1");
                self.backup = Some(made);
                json!({ "version": "1" })
            }
            ("GET", ["room_keys", "version", ..]) => self.backup.clone()?,
            ("PUT", ["room_keys", "keys", ..]) => json!({ "count": 0, "etag": "1" }),
            _ => return None,
        };
        Some((200, answer))
    }

    fn upload(&mut self, user: &str, device: &str, body: &Value) {
        let own = self.devices.entry(user.to_owned()).or_default().entry(device.to_owned()).or_default();
        if let Some(keys) = body.get("device_keys").filter(|keys| keys.is_object()) {
            own.keys = keys.clone();
            self.changed.push(user.to_owned());
        }
        let of = |name: &str| body.get(name).and_then(Value::as_object).cloned().unwrap_or_default();
        own.one_time.extend(of("one_time_keys"));
        own.fallback.extend(of("fallback_keys"));
    }

    /// Adds signatures to devices and master keys.
    fn sign(&mut self, body: &Value) {
        for (user, signed) in body.as_object().into_iter().flatten() {
            for (what, object) in signed.as_object().into_iter().flatten() {
                let master = self.identities.get_mut(user).and_then(|own| own.get_mut("master_key"));
                let device = self.devices.get_mut(user).and_then(|own| own.get_mut(what));
                let target = match device {
                    Some(device) => Some(&mut device.keys),
                    None => master,
                };
                let Some(target) = target else { continue };
                for (signer, signatures) in object["signatures"].as_object().into_iter().flatten() {
                    for (key, signature) in signatures.as_object().into_iter().flatten() {
                        target["signatures"][signer][key] = signature.clone();
                    }
                }
                self.changed.push(user.clone());
            }
        }
    }

    /// Whether anybody has asked for somebody's devices.
    pub(crate) fn are_asked_for(&self, user: &str) -> bool {
        self.asked_for.contains(user)
    }

    fn query(&mut self, body: &Value) -> Value {
        let (mut devices, mut others) = (Map::new(), json!({}));
        for user in body["device_keys"].as_object().into_iter().flatten().map(|(user, _)| user) {
            self.asked_for.insert(user.clone());
            let own = self.devices.get(user).into_iter().flatten();
            let own: Map<String, Value> = own.map(|(id, device)| (id.clone(), device.keys.clone())).collect();
            devices.insert(user.clone(), own.into());
            for (part, plural) in [
                ("master_key", "master_keys"),
                ("self_signing_key", "self_signing_keys"),
                ("user_signing_key", "user_signing_keys"),
            ] {
                if let Some(key) = self.identities.get(user).and_then(|own| own.get(part)) {
                    others[plural][user] = key.clone();
                }
            }
        }
        others["device_keys"] = devices.into();
        others["failures"] = json!({});
        others
    }

    fn claim(&mut self, body: &Value) -> Value {
        let mut keys = json!({});
        for (user, wanted) in body["one_time_keys"].as_object().into_iter().flatten() {
            for device in wanted.as_object().into_iter().flatten().map(|(device, _)| device) {
                let Some(own) = self.devices.get_mut(user).and_then(|own| own.get_mut(device)) else { continue };
                let first = own.one_time.keys().next().cloned();
                let given = first.and_then(|first| own.one_time.remove_entry(&first));
                let given = given.or_else(|| own.fallback.iter().next().map(|(id, key)| (id.clone(), key.clone())));
                if let Some((id, key)) = given {
                    keys[user][device][id] = key;
                }
            }
        }
        json!({ "one_time_keys": keys, "failures": {} })
    }
}
